"""The forms of single values, each read strictly: what is wrong with an address, a date, a language tag."""
