namespace OrchardCore.Email;

/// <summary>The aspect of the site settings that names the default provider.</summary>
public class EmailSettings
{
    public const string GroupId = "email";

    public string? DefaultProviderName { get; set; }
}
