/**
 * The chapters of the queue kit, one interface each, and what they work with: {@link
 * dev.fantasticfour.world.tck.queue.QueueScene} to send, {@link
 * dev.fantasticfour.world.tck.queue.Inbox} to see what arrives.
 */
@NullMarked
package dev.fantasticfour.world.tck.queue;

import org.jspecify.annotations.NullMarked;
