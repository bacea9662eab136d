namespace OrchardCore.DisplayManagement.Implementation;

public class ShapeCreatingContext
{
    public string ShapeType { get; set; } = "";
}
