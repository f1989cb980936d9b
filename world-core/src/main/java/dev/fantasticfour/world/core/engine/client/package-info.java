/**
 * The client: starts runs, talks to them, waits for them, looks at them. It works in any process
 * and uses the workers of its own process, when there are any, through {@link
 * dev.fantasticfour.world.core.engine.node.LocalNode} alone.
 *
 * <p>Facts go through the append pump. Whatever it sends besides, over the queue and the channels
 * of the streamer, is a hint whose loss costs latency (law L4).
 */
@NullMarked
package dev.fantasticfour.world.core.engine.client;

import org.jspecify.annotations.NullMarked;
