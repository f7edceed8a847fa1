// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.security;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import javax.security.auth.x500.X500Principal;

class CertificateNamesTest {
    private static String cn(String subject) {
        return CertificateNames.CN.user(new X500Principal(subject));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "CN=billing|billing",
                "CN=billing,OU=apps,O=Acme|billing",
                "O=Acme,CN=billing|billing",
                "cn=b\\,illing|b,illing",
                "CN=Žofie N|Žofie N"
            })
    void theCommonNameIsTheUsersName(String subject, String user) {
        assertEquals(user, cn(subject));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"OU=billing", "CN=one,CN=two", "CN=one+OU=x", "CN=a:b", "OU=CN\\=boss,O=x"})
    void whatNamesNobodyForSureIsNobody(String subject) {
        assertNull(cn(subject));
    }

    @Test
    void allOfTheSubjectMayBeTheName() {
        X500Principal subject = new X500Principal("CN=billing, OU=apps,O=Acme");
        assertEquals("CN=billing,OU=apps,O=Acme", CertificateNames.SUBJECT.user(subject));
        assertNull(CertificateNames.NONE.user(subject));
        assertNull(CertificateNames.CN.user(null));
    }
}
