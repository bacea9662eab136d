namespace OrchardCore.Email;

public class InvalidEmailProviderException(string name)
    : ArgumentOutOfRangeException(nameof(name), name, "There is no e-mail provider of this name.");
