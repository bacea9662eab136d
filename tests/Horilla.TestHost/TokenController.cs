using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Mvc;

namespace Horilla.TestHost;

/// <summary>Gives the antiforgery token of whoever asks, for users who see no form.</summary>
public sealed class TokenController(IAntiforgery antiforgery) : Controller
{
    public IActionResult Index() => Content(antiforgery.GetAndStoreTokens(HttpContext).RequestToken!);
}
