namespace Horilla.Modules.OutgoingMail.ServerTypes;

/// <summary>
/// What the display drivers report about a posted form, besides the configuration that they fill. Scoped.
/// </summary>
public sealed class ServerFormContext
{
    private bool _isCommonPartComplete;
    private bool _isTypePartComplete;

    /// <summary>Whether the server becomes the primary.</summary>
    public bool MakePrimary { get; set; }

    /// <summary>Whether the form was posted only to have fields filled in. It is then shown again without errors, and nothing is saved.</summary>
    public bool IsFillIn { get; set; }

    /// <summary>Whether the browser keeps the form as it is, including typed secrets, so that they needn't be entered again.</summary>
    internal bool KeepsSecrets { get; set; }

    /// <summary>
    /// Whether the whole form was read. The display manager logs a driver's exception and continues without that driver, so
    /// each driver has to report that it completed.
    /// </summary>
    public bool IsComplete => _isCommonPartComplete && _isTypePartComplete;

    /// <summary>Called by the driver of the common part when it has completed.</summary>
    public void CompleteCommonPart() => _isCommonPartComplete = true;

    /// <summary>Called by the driver of a server type at the end of its <c>UpdateAsync</c>. Without this call, nothing is saved.</summary>
    public void CompleteTypePart() => _isTypePartComplete = true;
}
