namespace Horilla.Modules.OutgoingMail.Log;

/// <summary>The page that says what a command will do with the selected messages.</summary>
public sealed class LogSelectionViewModel
{
    /// <summary>The messages.</summary>
    public required LogSelection Selection { get; init; }

    /// <summary>The URL of the log that the user came from.</summary>
    public string? ReturnUrl { get; init; }

    /// <summary>Whether the user may choose other recipients.</summary>
    public bool CanChangeRecipients { get; init; }

    /// <summary>The other recipients as typed.</summary>
    public string? Recipients { get; init; }
}
