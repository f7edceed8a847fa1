// SPDX-License-Identifier: Apache-2.0
package org.taffrail.spring.boot;

import org.taffrail.jms.TaffrailConnectionFactory;

/** Beans of this type change the connection factory before it is used, in their order. */
@FunctionalInterface
public interface TaffrailConnectionFactoryCustomizer {
    /**
     * Changes the factory.
     *
     * @param factory with all that the properties say
     */
    void customize(TaffrailConnectionFactory factory);
}
