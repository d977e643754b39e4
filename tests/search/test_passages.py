from network_site.search.passages import LENGTH, passage
from network_site.search.queries import parse


def marked(text, query):
    return passage(text, parse(query).marked)[0]


def test_words_are_marked_as_they_are_written():
    assert (
        marked("La lutte contre les Discriminations à l’embauche.", "discrimination")
        == "La lutte contre les <mark>Discriminations</mark> à l’embauche."
    )


def test_a_passage_is_escaped():
    html = marked("<script>alert(1)</script> discrimination & co", "discrimination")
    assert "<script>" not in html
    assert "&lt;script&gt;" in html
    assert "<mark>discrimination</mark>" in html


def test_the_passage_is_where_most_of_the_words_are():
    text = "emploi. " + "autre chose ici. " * 80 + "L’emploi et le logement ensemble."
    html = marked(text, "emploi logement")
    assert "<mark>emploi</mark> et le <mark>logement</mark>" in html
    assert html.startswith("… ")


def test_a_reference_is_marked_whatever_its_written_form():
    assert "<mark>L. 1132-1</mark>" in marked("Selon L. 1132-1 du code", "L1132-1")


def test_words_whose_stem_is_not_their_beginning_are_marked():
    assert "<mark>conséquences</mark>" in marked("Les conséquences", "conséquence")
    assert "<mark>œuvres</mark>" in marked("Des œuvres", "oeuvre")


def test_another_word_with_the_same_beginning_is_not_marked():
    assert marked("Un portail", "porte") == ""


def test_a_passage_stays_short():
    html = marked("discrimination " * 500, "discrimination")
    assert len(html.replace("<mark>", "").replace("</mark>", "")) < LENGTH + 10


def test_without_a_match_there_is_no_passage():
    assert passage("Rien ici", parse("discrimination").marked) == ("", 0)
