namespace Horilla.Modules.OutgoingMail.Admin;

/// <summary>
/// What the display drivers of a server's form tell of it beside the configuration that they fill. Scoped.
/// </summary>
public sealed class PostedForm
{
    private bool _commonPartIsRead;
    private bool _typePartIsRead;

    /// <summary>Whether the server is to become the primary.</summary>
    public bool MakePrimary { get; set; }

    /// <summary>Whether the form was posted to be filled in, and comes back without being saved or found fault with.</summary>
    public bool IsDraft { get; set; }

    /// <summary>
    /// Whether all of it was read. The display manager logs what a driver throws and goes on without that driver: only a
    /// driver that says so itself is known to have come to its end.
    /// </summary>
    public bool IsRead => _commonPartIsRead && _typePartIsRead;

    /// <summary>Said by the driver of the part that all types have, at its end.</summary>
    public void CommonPartIsRead() => _commonPartIsRead = true;

    /// <summary>Said by the driver of a type, at the end of its <c>UpdateAsync</c>. Without it, nothing is saved.</summary>
    public void TypePartIsRead() => _typePartIsRead = true;
}
