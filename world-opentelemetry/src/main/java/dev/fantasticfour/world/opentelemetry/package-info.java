/**
 * What a world does, for OpenTelemetry: {@link
 * dev.fantasticfour.world.opentelemetry.OpenTelemetryObserver} makes spans of visits and steps, and
 * keeps the meters of the list. Sees what is observed and the API of OpenTelemetry; which SDK
 * exports it is the application's business.
 */
@NullMarked
package dev.fantasticfour.world.opentelemetry;

import org.jspecify.annotations.NullMarked;
