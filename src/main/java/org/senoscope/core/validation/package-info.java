/**
 * How well one set of results agrees with another.
 */

package org.senoscope.core.validation;
