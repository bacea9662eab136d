using Horilla.Modules.OutgoingMail.Configurations;
using Horilla.Modules.OutgoingMail.Outbox;
using Horilla.Modules.OutgoingMail.Routing;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using OrchardCore.Admin;
using OrchardCore.Settings;

namespace Horilla.Modules.OutgoingMail.Log;

/// <summary>Settings > Mail > Mail Log.</summary>
[Admin("OutgoingMail/Log", "OutgoingMailLog")]
public sealed class LogController(
    IAuthorizationService authorizationService,
    YesSql.ISession session,
    LogQuery query,
    OutboxDatabase database,
    OutboxClock clock,
    MailCategories categories,
    ISiteService siteService) : Controller
{
    /// <summary>Shows a page of the log.</summary>
    [HttpGet]
    public async Task<IActionResult> Index(LogOptions options, CancellationToken cancellationToken)
        => await authorizationService.AuthorizeAsync(User, OutgoingMailPermissions.ViewMailLog)
            ? View(await BuildAsync(options, cancellationToken))
            : Forbid();

    private async Task<LogViewModel> BuildAsync(LogOptions options, CancellationToken cancellationToken)
    {
        var now = clock.Now;
        var page = await query.ReadAsync(options, cancellationToken);

        return new LogViewModel
        {
            Options = page.Options,
            Page = page,
            Servers = await session.GetConfigurationTitlesAsync(),
            Categories = await categories.GetAllAsync(cancellationToken),
            Waiting = await CountWaitingAsync(cancellationToken),
            InDoubt = await query.CountAsync(OutboxMailState.InDoubt, null, cancellationToken),
            Chart = LogChart.CreateByHour(await database.ReadAsync(connection => OutboxHours.GetAsync(connection, now - TimeSpan.TicksPerDay, null), cancellationToken), now),
            IsPaused = (await siteService.GetSettingsAsync<OutboxSettings>()).IsPaused,
            CanManageOutbox = await authorizationService.AuthorizeAsync(User, OutgoingMailPermissions.ManageOutbox),
        };
    }

    private async Task<LogCount> CountWaitingAsync(CancellationToken cancellationToken)
        => await query.CountAsync(OutboxMailState.Queued, null, cancellationToken)
            + await query.CountAsync(OutboxMailState.Scheduled, null, cancellationToken)
            + await query.CountAsync(OutboxMailState.Sending, null, cancellationToken);
}
