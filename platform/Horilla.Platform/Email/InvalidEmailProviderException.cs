namespace OrchardCore.Email;

public class InvalidEmailProviderException(string name)
    : ArgumentOutOfRangeException(nameof(name), name, "There is no email provider with this name.");
