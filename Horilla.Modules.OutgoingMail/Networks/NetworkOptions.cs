using Microsoft.Extensions.Configuration;

namespace Horilla.Modules.OutgoingMail.Networks;

/// <summary>
/// The networks that tenants' mail servers may be in. Read from the section <c>Horilla_OutgoingMail_Networks</c> of the
/// host's or a tenant's configuration. Each list is an array, or one string with ranges separated by commas, semicolons or
/// spaces. Ranges are in CIDR notation (RFC 4632, RFC 4291 section 2.3); an address without a length is a single address.
/// </summary>
public sealed class NetworkOptions
{
    /// <summary>The name of the section.</summary>
    public const string SectionName = "Horilla_OutgoingMail_Networks";

    /// <summary>
    /// The only allowed networks. If empty, all networks are allowed, but loopback only for the default tenant.
    /// </summary>
    public IList<string> Allow { get; } = [];

    /// <summary>Networks that aren't allowed, even if they are in <see cref="Allow"/>. Empty for none.</summary>
    public IList<string> Deny { get; } = [];

    /// <summary>Reads both lists.</summary>
    internal void Bind(IConfiguration section)
    {
        Add(Allow, section.GetSection(nameof(Allow)));
        Add(Deny, section.GetSection(nameof(Deny)));
    }

    private static void Add(IList<string> list, IConfigurationSection section)
    {
        // A tenant's string replaces the host's array or string.
        var texts = section.Value is { } text ? [text] : section.GetChildren().Select(child => child.Value ?? "");

        foreach (var range in texts.SelectMany(item => item.Split([',', ';', ' '], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)))
        {
            list.Add(range);
        }
    }
}
