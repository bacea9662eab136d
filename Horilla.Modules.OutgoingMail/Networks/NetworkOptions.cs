using Microsoft.Extensions.Configuration;

namespace Horilla.Modules.OutgoingMail.Networks;

/// <summary>
/// Which networks the mail servers of tenants may be in: the section <c>Horilla_OutgoingMail_Networks</c> of the
/// configuration, of the host or of one tenant. Each list is an array, or one text with commas or spaces between the
/// ranges, in CIDR notation (RFC 4632, RFC 4291 section 2.3); an address without a length is itself alone.
/// </summary>
public sealed class NetworkOptions
{
    /// <summary>The name of the section.</summary>
    public const string Section = "Horilla_OutgoingMail_Networks";

    /// <summary>
    /// The only networks that are allowed. Empty for the default: all but loopback, which only the default tenant may use.
    /// </summary>
    public IList<string> Allow { get; } = [];

    /// <summary>Networks that are not allowed, whatever <see cref="Allow"/> says. Empty for none.</summary>
    public IList<string> Deny { get; } = [];

    /// <summary>Reads both lists.</summary>
    internal void Read(IConfiguration section)
    {
        Add(Allow, section.GetSection(nameof(Allow)));
        Add(Deny, section.GetSection(nameof(Deny)));
    }

    private static void Add(IList<string> list, IConfigurationSection section)
    {
        // A tenant's text takes the place of the host's array, and of its text.
        var texts = section.Value is { } text ? [text] : section.GetChildren().Select(child => child.Value ?? "");

        foreach (var range in texts.SelectMany(item => item.Split([',', ';', ' '], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)))
        {
            list.Add(range);
        }
    }
}
