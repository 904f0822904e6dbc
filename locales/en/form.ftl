# Words of every form.
form-error-title = There is something to check
form-error-prefix = Error:
form-button-save = Save
form-button-cancel = Cancel
form-choice-yes = Yes
form-choice-no = No
form-choice-pick = Choose
form-date-day = Day
form-date-month = Month
form-date-year = Year
form-page-next = Next page
form-notice-title = Done
form-warning-prefix = Warning
