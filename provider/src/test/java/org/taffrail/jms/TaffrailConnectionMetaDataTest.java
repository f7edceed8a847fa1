// SPDX-License-Identifier: Apache-2.0
package org.taffrail.jms;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

import java.util.Collections;
import java.util.List;

class TaffrailConnectionMetaDataTest {
    @Test
    void saysWhichVersionsItIs() {
        TaffrailConnectionMetaData metaData = new TaffrailConnectionMetaData(List.of());

        assertEquals("3.1", metaData.getJMSVersion());
        assertEquals(3, metaData.getJMSMajorVersion());
        assertEquals(1, metaData.getJMSMinorVersion());
        assertEquals("Taffrail", metaData.getJMSProviderName());
        assertTrue(
                metaData.getProviderVersion()
                        .startsWith(
                                metaData.getProviderMajorVersion()
                                        + "."
                                        + metaData.getProviderMinorVersion()
                                        + "."),
                metaData.getProviderVersion());
    }

    @Test
    void namesTheJmsxPropertiesThatItSupportsAndNoOthers() {
        assertEquals(
                List.of("JMSXGroupID", "JMSXGroupSeq", "JMSXDeliveryCount"),
                Collections.list(new TaffrailConnectionMetaData(List.of()).getJMSXPropertyNames()));
        assertEquals(
                List.of("JMSXGroupID", "JMSXGroupSeq", "JMSXDeliveryCount", "JMSXUserID"),
                Collections.list(
                        new TaffrailConnectionMetaData(List.of("JMSXUserID"))
                                .getJMSXPropertyNames()));
    }
}
