package dev.fantasticfour.world.core.engine.client;

import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.core.engine.time.Machine;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What a handle to an update calls.
 *
 * @param machine where it waits
 * @param watch who hears of answers
 * @param look asks the store for an answer; null while there is none
 * @param doing what a run does, in words
 * @param holder the run that has a run key of a workflow
 */
record Updating(
    Machine machine,
    UpdateWatch watch,
    Function<UpdateAnswer.Key, @Nullable UpdateAnswer> look,
    Function<RunId, String> doing,
    BiFunction<String, String, RunId> holder) {}
