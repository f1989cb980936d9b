package dev.fantasticfour.world.core.engine.node;

import dev.fantasticfour.world.core.engine.program.OpenHooks;
import dev.fantasticfour.world.core.engine.retention.Retainer;
import dev.fantasticfour.world.core.engine.step.AttemptLog;
import dev.fantasticfour.world.core.engine.step.BodyRunner;

/**
 * What lives as long as its node and is shared by its tenures, one after the other. Parts of a
 * tenure are given what they need of it.
 *
 * @param registry the workflows and steps it can execute
 * @param bodies runs bodies, of inline and of queued steps
 * @param streams what bodies write to
 * @param openHooks of code that runs here
 * @param attemptLog says which attempts have failed
 * @param unregistered says which runs and steps nobody has code for
 * @param going threads of runs that were detached
 * @param ends who is told of ends
 * @param sweeps when is swept next
 * @param news who is told of what runs show and send
 * @param relays brings what they send to others
 * @param retainer deletes runs that were kept for long enough
 * @param census tells observers how the store stands
 */
public record NodeParts(
    Environment environment,
    Registry registry,
    BodyRunner bodies,
    NodeStreams streams,
    OpenHooks openHooks,
    AttemptLog attemptLog,
    Unregistered unregistered,
    GoingThreads going,
    Ends ends,
    SweepTimes sweeps,
    News news,
    Relays relays,
    Retainer retainer,
    CensusTaker census) {}
