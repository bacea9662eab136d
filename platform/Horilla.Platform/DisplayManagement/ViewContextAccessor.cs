using Microsoft.AspNetCore.Mvc.Rendering;

namespace Horilla.Platform.DisplayManagement;

/// <summary>The view that is being rendered in this request.</summary>
internal sealed class ViewContextAccessor
{
    public ViewContext? ViewContext { get; set; }
}
