// SPDX-License-Identifier: Apache-2.0
package org.taffrail.jms;

import jakarta.jms.JMSException;

/** The connection that made a temporary destination and alone may delete it or consume from it. */
public interface TemporaryOwner {
    /**
     * Deletes a temporary destination.
     *
     * @param destination one that this owner made
     * @throws JMSException if it still has consumers, is gone, or the connection is closed
     */
    void delete(TaffrailDestination destination) throws JMSException;
}
