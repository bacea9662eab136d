using System.Security.Claims;
using Horilla.Modules.OutgoingMail.Configurations;
using Horilla.Modules.OutgoingMail.Sending;
using Horilla.Modules.OutgoingMail.ServerTypes;
using Microsoft.AspNetCore.Authorization;

namespace Horilla.Modules.OutgoingMail.Admin;

/// <summary>The data that all rows of a list page need, read once per page. Scoped.</summary>
public sealed class ListRequestState(OutgoingMailConfigurationManager configurations, LastDeliveryStore lastDeliveries, IAuthorizationService authorizationService)
{
    /// <summary>The ID of the primary configuration.</summary>
    public string? PrimaryId { get; private set; }

    /// <summary>The IDs of the configurations on the page.</summary>
    public IReadOnlyList<string> ConfigurationIds { get; private set; } = [];

    /// <summary>The last delivery of each configuration on the page, by configuration ID.</summary>
    public IReadOnlyDictionary<string, LastDelivery> LastDeliveries { get; private set; } = new Dictionary<string, LastDelivery>();

    /// <summary>The IDs of the configurations that can't send until an account signs in. The drivers of server types add to it.</summary>
    public ISet<string> RequireSignIn { get; } = new HashSet<string>(StringComparer.Ordinal);

    /// <summary>The current URL of the list, including the tenant's path base; null for the unfiltered list.</summary>
    public string? ReturnUrl { get; set; }

    /// <summary>Whether the user may edit and delete.</summary>
    public bool CanManage { get; private set; }

    /// <summary>Whether the user may send test messages.</summary>
    public bool CanSendTestMail { get; private set; }

    /// <summary>Reads the data for a page.</summary>
    public async Task LoadAsync(IEnumerable<OutgoingMailConfiguration> page, ClaimsPrincipal user)
    {
        ConfigurationIds = [.. page.Select(configuration => configuration.ConfigurationId)];
        PrimaryId = await configurations.GetPrimaryIdAsync();
        LastDeliveries = await lastDeliveries.FindAsync(ConfigurationIds);
        CanManage = await authorizationService.AuthorizeAsync(user, OutgoingMailPermissions.ManageOutgoingMailServers);
        CanSendTestMail = await authorizationService.AuthorizeAsync(user, OutgoingMailPermissions.SendTestMail);
    }
}
