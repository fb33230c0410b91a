"""What the tests read out of the page of ownership."""

from __future__ import annotations


def text(response):
    return " ".join(response.get_data(as_text=True).split())


def get(client, entity, status=200, **query):
    response = client.get(f"/entities/{entity.id}/ownership", query_string=query)
    assert response.status_code == status
    return text(response)


def results(page):
    """The word of each rule, in the order of the table."""
    table = page.split("</caption>")[1].split("</table>")[0]
    words = ("Not caught", "Caught", "Unresolved", "Counts itself")
    rows = table.split('<th scope="row">')[1:]
    return [
        min(words, key=lambda word: f"{row}<span>{word}</span>".index(f"<span>{word}</span>"))
        for row in rows
    ]
