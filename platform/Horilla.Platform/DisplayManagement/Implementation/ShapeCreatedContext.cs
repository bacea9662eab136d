namespace OrchardCore.DisplayManagement.Implementation;

public class ShapeCreatedContext
{
    public string ShapeType { get; set; } = "";

    public IShape Shape { get; set; } = null!;
}
