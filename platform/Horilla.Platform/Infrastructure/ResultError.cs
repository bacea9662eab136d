using Microsoft.Extensions.Localization;

namespace OrchardCore.Infrastructure;

public class ResultError
{
    /// <summary>The key of the field that the error is about, or empty.</summary>
    public string Key { get; set; } = "";

    public LocalizedString Message { get; set; } = new("", "");
}
