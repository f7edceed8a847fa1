// SPDX-License-Identifier: Apache-2.0
package org.taffrail.wire.selector;

/**
 * A message as a selector sees it: something whose fields can be asked for by identifier. The
 * record layout implements it, reading fields in place; the selector knows nothing else of a
 * message.
 */
@FunctionalInterface
public interface SelectorInput {

    /**
     * Fills a cell with a header field or property.
     *
     * <p>What each {@link Identifier.Field} must give (Jakarta Messaging 3.1, section 3.8.1.1):
     *
     * <ul>
     *   <li>{@link Identifier.Field#DELIVERY_MODE}: {@link Value#setDeliveryMode}
     *   <li>{@link Identifier.Field#PRIORITY}: an int
     *   <li>{@link Identifier.Field#TIMESTAMP}: a long, milliseconds since the epoch
     *   <li>{@link Identifier.Field#MESSAGE_ID}, {@link Identifier.Field#CORRELATION_ID}, {@link
     *       Identifier.Field#TYPE}: a string, or NULL; a correlation id that was set as bytes is no
     *       string
     *   <li>any other: the property in the type it was set with, no conversion; NULL if the message
     *       has no such property or its value is null
     * </ul>
     *
     * <p>Called once for each place an identifier stands in the selector, in the order of
     * evaluation, and not for places whose value cannot change the result.
     *
     * @param identifier the field that is asked for
     * @param value the cell to fill; it holds an old value, so every call must set something
     */
    void fetch(Identifier identifier, Value value);
}
