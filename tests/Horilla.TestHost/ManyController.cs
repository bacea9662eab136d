using System.Globalization;
using Horilla.Modules.OutgoingMail;
using Microsoft.AspNetCore.Mvc;
using MimeKit;
using OrchardCore.Environment.Shell.Scope;

namespace Horilla.TestHost;

/// <summary>Sends many messages through the send service, as another module would, and returns their results.</summary>
[IgnoreAntiforgeryToken(Order = 2000)]
public sealed class ManyController(IOutgoingMailService mail) : Controller
{
    /// <summary>Sends messages as one stream.</summary>
    /// <param name="configurationId">The mail server, or null to let the send service choose.</param>
    /// <param name="subject">The start of the subjects; a number follows.</param>
    /// <param name="count">The number of messages.</param>
    /// <param name="bad">The number of the message without a recipient.</param>
    /// <param name="throwsAt">The number at which the stream fails.</param>
    /// <param name="cancelAt">The number of results after which sending is cancelled.</param>
    /// <param name="leaveAt">The number of results after which the loop ends.</param>
    /// <param name="waitsAt">The number at which the stream waits for the first result.</param>
    /// <param name="cancelsItselfAt">The number at which the stream itself throws <see cref="OperationCanceledException"/>.</param>
    [HttpPost]
    public async Task<IActionResult> Index(string? configurationId, string subject, int count, int? bad, int? throwsAt, int? cancelAt, int? leaveAt, int? waitsAt, int? cancelsItselfAt)
    {
        using var cancel = new CancellationTokenSource();
        var firstResult = new TaskCompletionSource();
        var taken = 0;
        var results = new List<object>();
        var end = "all";

        try
        {
            await foreach (var (message, result) in mail.SendManyAsync(Messages(), new OutgoingMailOptions { ConfigurationId = configurationId }, cancel.Token))
            {
                results.Add(new { message.Subject, result.Status, result.Error?.Code });
                firstResult.TrySetResult();

                if (results.Count == cancelAt)
                {
                    await cancel.CancelAsync();
                }

                if (results.Count == leaveAt)
                {
                    end = "left";
                    break;
                }
            }
        }
        catch (OperationCanceledException)
        {
            end = cancel.IsCancellationRequested ? "cancelled" : "cancelled by itself";
        }
        catch (InvalidOperationException e)
        {
            end = e.Message;
        }

        return Json(new { results, end, taken });

        async IAsyncEnumerable<MimeMessage> Messages()
        {
            for (var number = 1; number <= count; number++)
            {
                if (number == throwsAt)
                {
                    throw new InvalidOperationException("The stream fails.");
                }

                if (number == cancelsItselfAt)
                {
                    throw new OperationCanceledException();
                }

                if (number == waitsAt)
                {
                    await firstResult.Task;
                }

                taken++;
                yield return Message($"{subject} {number.ToString(CultureInfo.InvariantCulture)}", number == bad ? null : "reader@example.com");
            }
        }
    }

    /// <summary>Sends messages one by one from several concurrent senders, each in its own scope, as requests would.</summary>
    [HttpPost]
    public async Task<IActionResult> Flood(string configurationId, string subject, int senders, int each)
    {
        var outcomes = await Task.WhenAll(Enumerable.Range(0, senders).Select(sender => Task.Run(() => SendAsync(configurationId, subject, sender * each, each))));

        return Json(outcomes.SelectMany(outcome => outcome).CountBy(outcome => outcome).ToDictionary());
    }

    private static async Task<List<string>> SendAsync(string configurationId, string subject, int first, int count)
    {
        var outcomes = new List<string>();
        await ShellScope.UsingChildScopeAsync(async scope =>
        {
            var service = scope.ServiceProvider.GetRequiredService<IOutgoingMailService>();

            for (var number = first; number < first + count; number++)
            {
                using var message = Message($"{subject} {number.ToString(CultureInfo.InvariantCulture)}", "reader@example.com");
                var result = await service.SendAsync(message, new OutgoingMailOptions { ConfigurationId = configurationId });
                outcomes.Add(result.Error is { } error ? $"{error.Code} at {error.Step}: {error.ServerResponse}" : result.Status.ToString());
            }
        });

        return outcomes;
    }

    private static MimeMessage Message(string subject, string? to)
    {
        var message = new MimeMessage { Subject = subject, Body = new TextPart("plain") { Text = "One of many." } };

        if (to is not null)
        {
            message.To.Add(MailboxAddress.Parse(to));
        }

        return message;
    }
}
