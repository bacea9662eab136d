using Horilla.Modules.OutgoingMail;
using MimeKit;

namespace Horilla.TestHost.Examples;

public sealed class MorningBriefing(IOutgoingMailOutbox outbox, TimeProvider time)
{
    public Task<string> ScheduleAsync(MimeMessage briefing, CancellationToken cancellationToken)
    {
        var tomorrow = time.GetUtcNow().UtcDateTime.Date.AddDays(1);

        return outbox.EnqueueAsync(
            briefing,
            new OutboxOptions
            {
                NotBeforeUtc = tomorrow.AddHours(7),

                // Nobody reads it in the evening: if no server accepts it by then, it isn't sent.
                ExpiresUtc = tomorrow.AddHours(18),
            },
            cancellationToken);
    }
}
