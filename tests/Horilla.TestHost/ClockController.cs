using Microsoft.AspNetCore.Mvc;

namespace Horilla.TestHost;

/// <summary>Sets the clock.</summary>
public sealed class ClockController(TimeProvider time) : Controller
{
    [HttpGet]
    public IActionResult Set(int days, int minutes)
    {
        ((AdjustableTimeProvider)time).Offset = TimeSpan.FromDays(days) + TimeSpan.FromMinutes(minutes);

        return Ok();
    }
}
