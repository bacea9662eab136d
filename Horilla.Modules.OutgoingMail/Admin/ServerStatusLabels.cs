using Horilla.Modules.OutgoingMail.Sending;
using Microsoft.Extensions.Localization;

namespace Horilla.Modules.OutgoingMail.Admin;

/// <summary>Names the statuses of servers.</summary>
internal static class ServerStatusLabels
{
    /// <summary>Returns the localized name of a status.</summary>
    public static LocalizedString GetLabel(this ServerStatus status, IStringLocalizer S) => status switch
    {
        ServerStatus.Working => S["Working"],
        ServerStatus.Failing => S["Failing"],
        ServerStatus.SignInRequired => S["Sign-in required"],
        _ => S["Never used"],
    };
}
