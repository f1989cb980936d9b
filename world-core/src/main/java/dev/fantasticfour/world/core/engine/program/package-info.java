/**
 * The author's code with all it waits for. {@link
 * dev.fantasticfour.world.core.engine.program.Program} is told one event at a time and goes on
 * until every branch waits; then its ledger holds what it wants recorded, and its steps which
 * bodies it wants run. Each kind of thing that code can ask for is a {@link
 * dev.fantasticfour.world.core.engine.program.RequestKind}. Reaches no port: events go in, drafts
 * come out.
 */
@NullMarked
package dev.fantasticfour.world.core.engine.program;

import org.jspecify.annotations.NullMarked;
