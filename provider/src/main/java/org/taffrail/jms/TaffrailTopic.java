// SPDX-License-Identifier: Apache-2.0
package org.taffrail.jms;

import jakarta.jms.Topic;

import org.taffrail.wire.record.DestinationKind;

import javax.naming.Reference;
import javax.naming.Referenceable;

/**
 * A topic that lasts, known by its name. See {@link TaffrailDestination} for options and identity.
 */
public final class TaffrailTopic extends TaffrailDestination implements Topic, Referenceable {
    private static final long serialVersionUID = 1L;

    /**
     * Makes the object; the broker hears of it when it is used.
     *
     * @param nameAndOptions a name, or a name, a question mark and options
     * @throws IllegalArgumentException if the name is null or empty or the options can't be read
     */
    public TaffrailTopic(String nameAndOptions) {
        super(nameAndOptions);
    }

    TaffrailTopic(String name, String optionText) {
        super(name, optionText);
    }

    /**
     * Looks at the options as a consumer would.
     *
     * @return this
     * @throws IllegalArgumentException naming the nearest where there is none of the name, or if a
     *     value is not allowed
     */
    public TaffrailTopic checked() {
        checkOptions();
        return this;
    }

    @Override
    public DestinationKind kind() {
        return DestinationKind.TOPIC;
    }

    @Override
    public String getTopicName() {
        return name();
    }

    @Override
    public Reference getReference() {
        return reference();
    }
}
