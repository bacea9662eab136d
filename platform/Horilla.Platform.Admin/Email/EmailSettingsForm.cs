using Microsoft.AspNetCore.Mvc.ModelBinding;

namespace Horilla.Platform.Admin.Email;

/// <summary>The form of the e-mail settings.</summary>
public class EmailSettingsForm
{
    /// <summary>"Default provider": its technical name; empty for the one that is there.</summary>
    public string? DefaultProvider { get; set; }

    /// <summary>The providers that are enabled: what each is called, by its technical name.</summary>
    [BindNever]
    public IReadOnlyDictionary<string, string> Providers { get; set; } = new Dictionary<string, string>();
}
