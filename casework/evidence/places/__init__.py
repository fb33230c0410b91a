"""Where sealed bytes lie: a folder, or a bucket that speaks S3. Neither sees a plain byte."""
