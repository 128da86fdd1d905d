# Made from the file of the same name in _async by `npm run generate:clients`. Do not edit.

"""The client that waits for each answer."""
