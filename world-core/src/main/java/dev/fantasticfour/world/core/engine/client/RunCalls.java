package dev.fantasticfour.world.core.engine.client;

import dev.fantasticfour.world.core.engine.stream.StepStreams;
import dev.fantasticfour.world.core.engine.time.Machine;

/**
 * What a handle to a run calls.
 *
 * @param machine where it waits
 * @param reads what it does
 * @param lastLook what it does when somebody has waited in vain
 * @param control what is asked of it
 * @param again how it goes on as another run
 * @param results waits for ends
 * @param hookSearch its open hooks
 * @param streams what its steps write
 */
record RunCalls(
    Machine machine,
    RunReads reads,
    LastLook lastLook,
    RunControl control,
    RunAgain again,
    ResultWatch results,
    HookSearch hookSearch,
    StepStreams streams) {}
