using Microsoft.AspNetCore.Mvc.ModelBinding;

namespace Horilla.Platform.Admin.Email;

/// <summary>The form of the email settings.</summary>
public class EmailSettingsForm
{
    /// <summary>"Default provider": its technical name; empty for the last enabled provider.</summary>
    public string? DefaultProvider { get; set; }

    /// <summary>The display names of the enabled providers, by technical name.</summary>
    [BindNever]
    public IReadOnlyDictionary<string, string> Providers { get; set; } = new Dictionary<string, string>();
}
