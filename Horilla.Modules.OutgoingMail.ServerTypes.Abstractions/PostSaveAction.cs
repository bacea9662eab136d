using Microsoft.Extensions.Localization;
using OrchardCore.Security.Permissions;

namespace Horilla.Modules.OutgoingMail.ServerTypes;

/// <summary>The action that usually follows saving. The form has a button that saves and continues with it.</summary>
/// <param name="Label">The text of the button.</param>
/// <param name="Icon">The name of its icon: send, refresh, edit, windows, info, ok, warning, plus, search, copy, star or eye. With any other name, there's no icon.</param>
/// <param name="Controller">The controller.</param>
/// <param name="Action">The action. It receives the ID of the configuration.</param>
/// <param name="IsPost">Whether the action changes state and accepts only POST.</param>
/// <param name="Permission">The required permission. Without it, the button isn't shown.</param>
public sealed record PostSaveAction(LocalizedString Label, string Icon, string Controller, string Action, bool IsPost, Permission Permission)
{
    /// <summary>The area of the controller, which is the ID of its module: the outgoing mail module by default. Set it for a controller of your own.</summary>
    public string Area { get; init; } = "Horilla.Modules.OutgoingMail";

    /// <summary>
    /// Whether the action sends a test message to the address that the form asks for. It then receives the address as
    /// <c>recipient</c>, by POST.
    /// </summary>
    public bool SendsTestMail { get; init; }

    /// <summary>Returns the action that sends a test message.</summary>
    public static PostSaveAction SendTestMail(LocalizedString label) => new(label, "send", "Test", "Test", IsPost: false, OutgoingMailPermissions.SendTestMail) { SendsTestMail = true };
}
