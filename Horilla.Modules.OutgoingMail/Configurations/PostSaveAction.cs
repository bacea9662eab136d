using Microsoft.Extensions.Localization;
using OrchardCore.Security.Permissions;

namespace Horilla.Modules.OutgoingMail.Configurations;

/// <summary>The action that usually follows saving. The form has a button that saves and continues with it.</summary>
/// <param name="Label">The text of the button.</param>
/// <param name="Icon">The name of its icon.</param>
/// <param name="Controller">The controller, in the module's area.</param>
/// <param name="Action">The action. It receives the ID of the configuration.</param>
/// <param name="IsPost">Whether the action changes state and accepts only POST.</param>
/// <param name="Permission">The required permission. Without it, the button isn't shown.</param>
public sealed record PostSaveAction(LocalizedString Label, string Icon, string Controller, string Action, bool IsPost, Permission Permission);
