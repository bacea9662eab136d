using Microsoft.Extensions.DependencyInjection;
using OrchardCore.BackgroundTasks;

namespace Horilla.Modules.OutgoingMail.Outbox;

/// <summary>Runs <see cref="OutboxTrimming"/>.</summary>
[BackgroundTask(Title = "Outbox trimming", Schedule = "*/5 * * * *", Description = "Removes old messages from the outbox and the mail log.", LockTimeout = 1_000, LockExpiration = 600_000)]
public sealed class OutboxTrimmingTask : IBackgroundTask
{
    /// <inheritdoc />
    public Task DoWorkAsync(IServiceProvider serviceProvider, CancellationToken cancellationToken)
        => serviceProvider.GetRequiredService<OutboxTrimming>().RunAsync(cancellationToken);
}
