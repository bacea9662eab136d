namespace OrchardCore.Email.Services;

/// <summary>The email providers by name.</summary>
public class EmailProviderOptions
{
    private readonly Dictionary<string, EmailProviderTypeOptions> _providers = [];

    public IReadOnlyDictionary<string, EmailProviderTypeOptions> Providers => _providers;

    public EmailProviderOptions TryAddProvider(string name, EmailProviderTypeOptions options)
    {
        _providers.TryAdd(name, options);

        return this;
    }

    public EmailProviderOptions ReplaceProvider(string name, EmailProviderTypeOptions options)
    {
        _providers[name] = options;

        return this;
    }

    public EmailProviderOptions RemoveProvider(string name)
    {
        _providers.Remove(name);

        return this;
    }
}
