using Microsoft.Extensions.Localization;
using OrchardCore.Security.Permissions;

namespace Horilla.Modules.OutgoingMail.Configurations;

/// <summary>What an admin most likely does after saving: the form has a button that saves and goes on to it.</summary>
/// <param name="Label">The text of the button.</param>
/// <param name="Icon">The name of its icon.</param>
/// <param name="Controller">The controller, in the area of the module.</param>
/// <param name="Action">The action, which takes the id of the configuration.</param>
/// <param name="IsPost">Whether it changes something, and takes a POST alone.</param>
/// <param name="Permission">What it takes; without it, there is no button.</param>
public sealed record FollowUp(LocalizedString Label, string Icon, string Controller, string Action, bool IsPost, Permission Permission);
