"""Languages in which members can work: those that professionals of the field meet.

Codes are those of ISO 639-1, or 639-3 where the former has none (Dari, sign language). The
names stand here in both languages of the interface, since a search in either must find them.
"""

from django.utils.translation import get_language

from network_site.core.text import fold

NAMES = {
    "sq": ("albanais", "Albanian"),
    "de": ("allemand", "German"),
    "am": ("amharique", "Amharic"),
    "en": ("anglais", "English"),
    "ar": ("arabe", "Arabic"),
    "hy": ("arménien", "Armenian"),
    "az": ("azéri", "Azerbaijani"),
    "bm": ("bambara", "Bambara"),
    "eu": ("basque", "Basque"),
    "bn": ("bengali", "Bengali"),
    "my": ("birman", "Burmese"),
    "bs": ("bosnien", "Bosnian"),
    "br": ("breton", "Breton"),
    "bg": ("bulgare", "Bulgarian"),
    "ca": ("catalan", "Catalan"),
    "zh": ("chinois", "Chinese"),
    "zdj": ("comorien", "Comorian"),
    "ko": ("coréen", "Korean"),
    "co": ("corse", "Corsican"),
    "gcf": ("créole antillais", "Antillean Creole"),
    "gcr": ("créole guyanais", "Guianese Creole"),
    "ht": ("créole haïtien", "Haitian Creole"),
    "rcf": ("créole réunionnais", "Réunion Creole"),
    "hr": ("croate", "Croatian"),
    "da": ("danois", "Danish"),
    "prs": ("dari", "Dari"),
    "es": ("espagnol", "Spanish"),
    "fi": ("finnois", "Finnish"),
    "fr": ("français", "French"),
    "ka": ("géorgien", "Georgian"),
    "el": ("grec", "Greek"),
    "ha": ("haoussa", "Hausa"),
    "he": ("hébreu", "Hebrew"),
    "hi": ("hindi", "Hindi"),
    "hu": ("hongrois", "Hungarian"),
    "ig": ("igbo", "Igbo"),
    "it": ("italien", "Italian"),
    "ja": ("japonais", "Japanese"),
    "kab": ("kabyle", "Kabyle"),
    "km": ("khmer", "Khmer"),
    "rw": ("kinyarwanda", "Kinyarwanda"),
    "rn": ("kirundi", "Kirundi"),
    "ku": ("kurde", "Kurdish"),
    "fsl": ("langue des signes française", "French Sign Language"),
    "lo": ("lao", "Lao"),
    "ln": ("lingala", "Lingala"),
    "lt": ("lituanien", "Lithuanian"),
    "mk": ("macédonien", "Macedonian"),
    "mg": ("malgache", "Malagasy"),
    "ary": ("marocain (darija)", "Moroccan Arabic (Darija)"),
    "mn": ("mongol", "Mongolian"),
    "nl": ("néerlandais", "Dutch"),
    "ne": ("népalais", "Nepali"),
    "oc": ("occitan", "Occitan"),
    "ur": ("ourdou", "Urdu"),
    "ug": ("ouïghour", "Uyghur"),
    "ps": ("pachto", "Pashto"),
    "pa": ("pendjabi", "Punjabi"),
    "fa": ("persan", "Persian"),
    "ff": ("peul", "Fulah"),
    "pl": ("polonais", "Polish"),
    "pt": ("portugais", "Portuguese"),
    "rom": ("romani", "Romani"),
    "ro": ("roumain", "Romanian"),
    "ru": ("russe", "Russian"),
    "sr": ("serbe", "Serbian"),
    "buc": ("shibushi", "Bushi"),
    "swb": ("shimaoré", "Maore Comorian"),
    "sk": ("slovaque", "Slovak"),
    "sl": ("slovène", "Slovenian"),
    "so": ("somali", "Somali"),
    "snk": ("soninké", "Soninke"),
    "sv": ("suédois", "Swedish"),
    "sw": ("swahili", "Swahili"),
    "tzm": ("tamazight", "Tamazight"),
    "ta": ("tamoul", "Tamil"),
    "cs": ("tchèque", "Czech"),
    "ce": ("tchétchène", "Chechen"),
    "th": ("thaï", "Thai"),
    "bo": ("tibétain", "Tibetan"),
    "ti": ("tigrinya", "Tigrinya"),
    "tr": ("turc", "Turkish"),
    "uk": ("ukrainien", "Ukrainian"),
    "vi": ("vietnamien", "Vietnamese"),
    "wo": ("wolof", "Wolof"),
}


def names_of_language(code):
    """Its names in French and in English; the code itself when it is not in the list."""
    return NAMES.get(code, (code,))


def language_label(code):
    """The name of a language in the language of the interface."""
    names = names_of_language(code)
    return names[-1] if (get_language() or "").startswith("en") else names[0]


def language_choices():
    """(code, label) of every language, in the order of the interface's language."""
    labels = ((code, language_label(code)) for code in NAMES)
    return sorted(labels, key=lambda pair: fold(pair[1]))
