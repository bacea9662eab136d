using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Mvc;

namespace Horilla.TestHost;

/// <summary>Returns the current user's antiforgery token, for users who can't open a form.</summary>
public sealed class TokenController(IAntiforgery antiforgery) : Controller
{
    public IActionResult Index() => Content(antiforgery.GetAndStoreTokens(HttpContext).RequestToken!);
}
