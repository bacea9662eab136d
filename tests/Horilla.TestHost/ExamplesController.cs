using Horilla.TestHost.Examples;
using Microsoft.AspNetCore.Mvc;
using MimeKit;

namespace Horilla.TestHost;

/// <summary>Runs the examples of docs/sending.md.</summary>
public sealed class ExamplesController(IServiceProvider services) : Controller
{
    private CancellationToken Cancelled => HttpContext.RequestAborted;

    public async Task<IActionResult> Greeting(string to) => Content(await Make<Greeting>().SendAsync(to, Cancelled));

    public async Task<IActionResult> Newsletter(string to, string file) => Json(await Make<Newsletter>().SendAsync(MailboxAddress.Parse(to), file, Cancelled));

    public async Task<IActionResult> InvoiceMail(string to, string file) => Json(await Make<InvoiceMail>().SendAsync(MailboxAddress.Parse(to), file, Cancelled));

    public async Task<IActionResult> SupportMail(string to) => Json(await Make<SupportMail>().SendAsync(MailboxAddress.Parse(to), new MailboxAddress("Ann", "ann@acme.example"), Cancelled));

    public async Task<IActionResult> Reminders(string to)
        => Json(await Make<Reminders>().SendAsync(to.Split(',').Select(MailboxAddress.Parse).ToAsyncEnumerable(), Cancelled));

    public async Task<IActionResult> Order(string to, string article) => Content(await Make<Orders>().PlaceAsync(to, article, Cancelled));

    public async Task<IActionResult> MorningBriefing(string to) => Content(await Make<MorningBriefing>().ScheduleAsync(CreateMessage(to), Cancelled));

    public async Task<IActionResult> Campaign(string to)
        => Json(await Make<Campaign>().StartAsync(to.Split(',').Select(MailboxAddress.Parse).ToAsyncEnumerable(), Cancelled));

    public async Task<IActionResult> Invoice(string to, int number) => Content(await Make<Invoices>().SendAsync(CreateMessage(to), number, Cancelled));

    public async Task<IActionResult> DeliveryReport(string id) => Content(await Make<DeliveryReport>().DescribeAsync(id, Cancelled));

    public async Task<IActionResult> Cancellation(string id) => Content(await Make<Cancellation>().CancelAsync(id, Cancelled));

    private static MimeMessage CreateMessage(string to)
    {
        var message = new MimeMessage { Subject = "From an example", Body = new TextPart("plain") { Text = "Good morning." } };
        message.To.Add(MailboxAddress.Parse(to));

        return message;
    }

    private T Make<T>() => ActivatorUtilities.CreateInstance<T>(services);
}
