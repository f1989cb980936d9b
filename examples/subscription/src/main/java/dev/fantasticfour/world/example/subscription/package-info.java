/**
 * An application that keeps subscriptions for years: each is one run key, and a chain of short
 * runs, one for every billing period. Read {@link
 * dev.fantasticfour.world.example.subscription.SubscriptionWorkflow} first. It compiles against
 * {@code world-api} and nothing else; its tests run it on three kinds of stores, and through three
 * years on a clock that they move.
 */
@NullMarked
package dev.fantasticfour.world.example.subscription;

import org.jspecify.annotations.NullMarked;
