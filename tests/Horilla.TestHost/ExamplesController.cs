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

    private T Make<T>() => ActivatorUtilities.CreateInstance<T>(services);
}
