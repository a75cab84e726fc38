using Orleans.Runtime;

namespace Wego.GrainRuntime;

/// <summary>Requests go to the activation of a grain, which is made when there is none.</summary>
internal sealed class GrainChannel(Silo silo, GrainId id, GrainClass grainClass) : RequestChannel(silo, id)
{
    public override void Send(Request request) => Silo.Catalog.Send(Id, grainClass, request);
}
