"""Values that are worked out once for each object."""


class once:
    """Like ``functools.cached_property``, which locks in Python 3.11 and so takes several times as long.

    >>> class Contact:
    ...     @once
    ...     def number(self):
    ...         print("looked up")
    ...         return 7
    >>> contact = Contact()
    >>> contact.number + contact.number
    looked up
    14
    """

    def __init__(self, function):
        self.function = function
        self.__doc__ = function.__doc__

    def __get__(self, instance, owner=None):
        if instance is None:
            return self
        value = instance.__dict__[self.function.__name__] = self.function(instance)
        return value
