namespace Horilla.Modules.OutgoingMail;

/// <summary>Names that several parts of the module use.</summary>
internal static class OutgoingMailConstants
{
    /// <summary>The ID of the module: also that of its feature, and the area of its controllers.</summary>
    public const string ModuleId = "Horilla.Modules.OutgoingMail";
}
