# Words of every form.
form-error-title = There is something to check
form-error-prefix = Error:
form-button-continue = Continue
form-button-save = Save
form-button-back = Back
form-button-cancel = Cancel
form-button-change = Change
form-choice-yes = Yes
form-choice-no = No
form-choice-pick = Choose
form-date-day = Day
form-date-month = Month
form-date-year = Year
form-page-next = Next page
form-page-previous = Previous page
form-notice-title = Done
form-warning-prefix = Warning
