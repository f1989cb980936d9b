/**
 * One node, as a tree: {@link dev.fantasticfour.world.core.engine.node.Node} owns the {@code
 * Membership} (registration, heartbeat, lease), which owns the {@code Custodian} (claims, takeover,
 * suspects, the table of runs), which owns the executions of runs. The sweep looks for what nobody
 * looks after. It claims runs and hands them to their execution; it decides nothing about them.
 */
@NullMarked
package dev.fantasticfour.world.core.engine.node;

import org.jspecify.annotations.NullMarked;
