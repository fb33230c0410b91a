"""Lists of others: every edition, every entry as it stood, and the keys by which it is found."""

from __future__ import annotations

import uuid
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.base import Base, Keyed


class WatchlistEdition(Keyed, Base):
    """One edition of a list as it was handed in. The newest complete one is in force."""

    __tablename__ = "watchlist_edition"
    __table_args__ = (
        sa.UniqueConstraint("source", "sha256"),
        sa.UniqueConstraint("source", "number"),
    )

    source: Mapped[str] = mapped_column(comment="ofac-sdn, csl, bis-entity-list, …")
    number: Mapped[int] = mapped_column(comment="from 1 within the list, in order of import")
    label: Mapped[str] = mapped_column(comment="the edition's own date or name, else day of import")
    dated_on: Mapped[date | None]
    sha256: Mapped[str] = mapped_column(comment="of the files in order of name")
    files: Mapped[list[dict[str, Any]]] = mapped_column(
        sa.JSON, comment="name, size, sha256 of each file"
    )
    state: Mapped[str] = mapped_column(comment="importing, complete, failed")
    failure: Mapped[str] = mapped_column(default="")
    entries: Mapped[int] = mapped_column(default=0)
    names: Mapped[int] = mapped_column(default=0)
    rejected: Mapped[int] = mapped_column(default=0)
    added: Mapped[int] = mapped_column(default=0)
    changed: Mapped[int] = mapped_column(default=0)
    removed: Mapped[int] = mapped_column(default=0)
    imported_by_id: Mapped[uuid.UUID | None] = mapped_column(
        sa.ForeignKey("officer.id", ondelete="RESTRICT"), comment="empty: by the command line"
    )
    imported_at: Mapped[datetime]


class WatchlistEntry(Keyed, Base):
    """An entry in one wording. It stood from edition `first` on, until before edition `ended`;
    an entry that an edition repeats unchanged is not stored again.
    """

    __tablename__ = "watchlist_entry"
    __table_args__ = (
        sa.UniqueConstraint("source", "entry_id", "first"),
        sa.Index("ix_watchlist_entry_source_ended", "source", "ended"),
    )

    source: Mapped[str]
    entry_id: Mapped[str] = mapped_column(comment="the list's own key")
    first: Mapped[int] = mapped_column(comment="number of the edition that brought it")
    ended: Mapped[int | None] = mapped_column(comment="number of the edition without it")
    kind: Mapped[str] = mapped_column(comment="organization, person, vessel, aircraft, other")
    caption: Mapped[str]
    countries: Mapped[list[str]]
    content: Mapped[dict[str, Any]] = mapped_column(
        comment="names, addresses, identifiers, programs, dates, remarks as read"
    )
    content_sha256: Mapped[str]

    names: Mapped[list[WatchlistName]] = relationship(back_populates="entry")


class WatchlistName(Base):
    """One name of an entry with its forms for comparison. Integer keys keep the postings small."""

    __tablename__ = "watchlist_name"

    id: Mapped[int] = mapped_column(
        sa.BigInteger().with_variant(sa.Integer, "sqlite"), primary_key=True
    )
    entry_pk: Mapped[uuid.UUID] = mapped_column(
        sa.ForeignKey("watchlist_entry.id", ondelete="CASCADE"), index=True
    )
    text: Mapped[str]
    quality: Mapped[str] = mapped_column(comment="primary, strong, weak, former")
    form: Mapped[str] = mapped_column(comment="normalised, legal form taken off")
    legal_form: Mapped[str] = mapped_column(comment="canonical legal form, may be empty")
    grams: Mapped[int] = mapped_column(comment="number of its grams")

    entry: Mapped[WatchlistEntry] = relationship(back_populates="names")


class NameGram(Base):
    """Postings: which names contain a gram. Searched by the rarest grams of a query.

    `name_id` is a key of `watchlist_name` without a foreign key: checking millions of rows one by
    one takes longer than writing them, and only the import writes here.
    """

    __tablename__ = "name_gram"

    gram: Mapped[str] = mapped_column(primary_key=True)
    name_id: Mapped[int] = mapped_column(
        sa.BigInteger().with_variant(sa.Integer, "sqlite"),
        primary_key=True,
        autoincrement=False,
        index=True,
    )


class GramCount(Base):
    """How many names in force contain a gram."""

    __tablename__ = "gram_count"

    gram: Mapped[str] = mapped_column(primary_key=True)
    count: Mapped[int]


class WatchlistReject(Keyed, Base):
    """A row of an edition that could not be read, kept with the reason."""

    __tablename__ = "watchlist_reject"

    edition_id: Mapped[uuid.UUID] = mapped_column(
        sa.ForeignKey("watchlist_edition.id", ondelete="RESTRICT"), index=True
    )
    file: Mapped[str]
    row: Mapped[int] = mapped_column(comment="from 1, as a reader counts lines or records")
    reason: Mapped[str]
    raw: Mapped[str] = mapped_column(comment="the row as read, at most 2,000 characters")
