using Microsoft.AspNetCore.Html;

namespace OrchardCore.DisplayManagement;

public interface IDisplayHelper
{
    /// <summary>The shape as HTML; nothing for null.</summary>
    /// <exception cref="InvalidOperationException">There is no template for its type.</exception>
    Task<IHtmlContent> ShapeExecuteAsync(IShape? shape);
}
